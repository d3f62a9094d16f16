using System.Buffers;
using Hondo.Tensors;

namespace Hondo.Inference;

/// <summary>The numbers of a sample, wherever they are.</summary>
readonly struct Sample
{
    readonly Tensor _tensor;
    readonly float[]? _rented;
    readonly int _count;

    public Sample(Tensor tensor) => _tensor = tensor;

    /// <summary>A copy of numbers, in memory that <see cref="Release"/> gives back.</summary>
    public Sample(ReadOnlySpan<float> numbers)
    {
        (_rented, _count) = (ArrayPool<float>.Shared.Rent(numbers.Length), numbers.Length);
        numbers.CopyTo(_rented);
    }

    public Span<float> Copy => _rented.AsSpan(0, _count);

    public ReadOnlySpan<float> Numbers => _rented is null ? _tensor.Values<float>() : Copy;

    public void Release()
    {
        if (_rented is not null)
            ArrayPool<float>.Shared.Return(_rented);
    }
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
