namespace Hondo.Watching;

/// <summary>Some steps of a training as they were measured.</summary>
/// <param name="Block">Four neighbouring pieces, A B B A, have one number.</param>
/// <param name="Kind">What they were trained with.</param>
/// <param name="Seconds">How long they took.</param>
/// <param name="Processor">The processor time of the process, all threads together, in seconds.</param>
/// <param name="Rounds">How many messages of the live stream came meanwhile.</param>
readonly record struct Piece(int Block, Kind Kind, double Seconds, double Processor, int Rounds);
