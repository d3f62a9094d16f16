using BenchmarkDotNet.Running;
using Hondo.Benchmarks;

// Kernels against this machine's peak, for example
//   dotnet run -c Release --project benchmarks/Hondo.Benchmarks -- --filter '*Gemm*'
BenchmarkSwitcher.FromAssembly(typeof(PeakConfig).Assembly).Run(args, new PeakConfig());
