using System.Buffers;
using Hondo.Tensors;

namespace Hondo.Serving;

/// <summary>A copy of a sample's numbers, in memory that <see cref="Release"/> gives back.</summary>
readonly struct Sample
{
    readonly float[] _rented;
    readonly int _count;

    public Sample(ReadOnlySpan<float> numbers)
    {
        (_rented, _count) = (ArrayPool<float>.Shared.Rent(numbers.Length), numbers.Length);
        numbers.CopyTo(_rented);
    }

    public Span<float> Numbers => _rented.AsSpan(0, _count);

    public void Release() => ArrayPool<float>.Shared.Return(_rented);
}

/// <summary>A sample and who waits for its result.</summary>
sealed class Request : TaskCompletionSource<Tensor>
{
    readonly CancellationTokenRegistration _registration;

    public Request(Sample sample, Shape shape, CancellationToken cancellation)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        (Sample, Shape) = (sample, shape);
        _registration = cancellation.UnsafeRegister(static (request, token) =>
            ((Request)request!).TrySetCanceled(token), this);
    }

    public Sample Sample { get; }

    public Shape Shape { get; }

    public bool WasCancelled => Task.IsCompleted;

    public void Complete(Tensor result)
    {
        TrySetResult(result);
        _registration.Dispose();
    }

    public void Fail(Exception error)
    {
        TrySetException(error);
        _registration.Dispose();
    }
}
