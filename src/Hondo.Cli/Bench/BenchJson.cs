using System.Text.Json.Serialization;

namespace Hondo.Cli.Bench;

/// <summary>The JSON of the benchmarks, written without reflection.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WorkloadTiming))]
[JsonSerializable(typeof(SelfCheckRow))]
[JsonSerializable(typeof(InferenceTiming))]
sealed partial class BenchJson : JsonSerializerContext;
