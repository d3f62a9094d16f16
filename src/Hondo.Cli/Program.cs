using Hondo.Cli;

return CommandLine.Run(args, Terminal.OfProcess());
