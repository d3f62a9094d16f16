// Searches of Hondo beside Optuna's (Debian's python3-optuna), on functions and on a table of real trainings:
//   python3 bbob.py race bbob.json optuna.jsonl 30
//   dotnet run -c Release --project benchmarks/Hondo.TuningRace -- bbob bbob.json optuna.jsonl 30 tpe cmaes
//   dotnet run -c Release --project benchmarks/Hondo.TuningRace -- table digits-table.csv 30
//   python3 table.py digits-table.csv 30
//   dotnet run -c Release --project benchmarks/Hondo.TuningRace -- make-table digits-table.csv
//   dotnet run -c Release --project benchmarks/Hondo.TuningRace -- speed
using System.Globalization;
using Hondo.TuningRace;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["bbob", var problems, var peers, var seeds, .. var samplers]:
        Bbob.Race(Problem.Read(problems), peers, int.Parse(seeds, CultureInfo.InvariantCulture), samplers);
        return 0;
    case ["table", var table, var seeds]:
        TrainingTable.Race(table, int.Parse(seeds, CultureInfo.InvariantCulture));
        return 0;
    case ["make-table", var table]:
        TrainingTable.Make(table);
        return 0;
    case ["speed"]:
        Speed.Measure();
        return 0;
    case ["speed-worker", var file]:
        Speed.Work(file);
        return 0;
    default:
        Console.Error.WriteLine("bbob PROBLEMS PEERS SEEDS SAMPLER… | table TABLE SEEDS | make-table TABLE | speed");
        return 2;
}
