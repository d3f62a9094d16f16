using Hondo.Tensors;

namespace Hondo.Inference;

/// <summary>The numbers of a sample, wherever they are.</summary>
readonly struct Sample
{
    readonly Tensor _tensor;
    readonly float[]? _array;

    Sample(Tensor tensor) => _tensor = tensor;

    Sample(float[] array) => _array = array;

    public ReadOnlySpan<float> Numbers => _array ?? _tensor.Values<float>();

    public static implicit operator Sample(Tensor tensor) => new(tensor);

    public static implicit operator Sample(float[] array) => new(array);
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
