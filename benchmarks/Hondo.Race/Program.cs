// The race against PyTorch, and of models that are only used against ONNX Runtime too: same network, batch, data,
// optimizer and thread count, run in turn (A B C, A B C, …), so that a machine whose speed drifts drifts for all. Each
// side reports its own median over windows. How to start it: ../race
using System.Globalization;
using Hondo.Race;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["inference", .. var rest])
    InferenceRace.Run(RaceOptions.Parse(rest, InferenceRace.Workloads));
else if (args is ["onnx", .. var files])
    OnnxRace.Run(RaceOptions.Parse(files, []));
else
    TrainingRace.Run(RaceOptions.Parse(args, TrainingRace.Workloads));
