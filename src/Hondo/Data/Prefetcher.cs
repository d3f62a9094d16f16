using System.Runtime.ExceptionServices;

namespace Hondo.Data;

/// <summary>
/// Threads that fill a ring of buffers ahead of the training loop. Which thread fills a buffer changes nothing: a batch
/// depends on its number only.
/// </summary>
sealed class Prefetcher
{
    // One buffer is being read and one is ready while each worker fills another.
    const int Spare = 2;

    readonly object _gate = new();
    readonly BatchMaker _maker;
    readonly BatchBuffer[] _ring;
    readonly Thread[] _threads;
    readonly CancellationToken _cancellation;
    readonly CancellationTokenRegistration _registration;
    readonly int _end;
    int _next, _reading;
    bool _isStopped;

    public Prefetcher(BatchMaker maker, BatchBuffer[] ring, int start, int end, CancellationToken cancellation)
    {
        (_maker, _ring, _end, _next, _reading) = (maker, ring, end, start, start);
        _cancellation = cancellation;
        foreach (BatchBuffer buffer in ring)
            buffer.Number = -1;
        _registration = cancellation.UnsafeRegister(static prefetcher => ((Prefetcher)prefetcher!).Wake(), this);
        _threads = new Thread[ring.Length - Spare];
        for (int i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"Hondo batches {i}" };
            _threads[i].Start();
        }
    }

    public static int RingLength(int workers) => workers + Spare;

    /// <summary>Waits for a batch. Buffers of the batches before it are free from now on.</summary>
    public BatchBuffer Take(int batch)
    {
        BatchBuffer buffer = _ring[batch % _ring.Length];
        lock (_gate)
        {
            _reading = batch;
            Monitor.PulseAll(_gate);
            while (buffer.Number != batch)
            {
                _cancellation.ThrowIfCancellationRequested();
                Monitor.Wait(_gate);
            }
        }
        buffer.Failure?.Throw();
        return buffer;
    }

    void Work()
    {
        for (int batch = Claim(); batch >= 0; batch = Claim())
        {
            BatchBuffer buffer = _ring[batch % _ring.Length];
            buffer.Failure = null;
            try
            {
                _maker.Fill(batch, buffer.Inputs, buffer.Targets);
            }
            catch (Exception e)
            {
                // It surfaces in Take, where the training loop can see it.
                buffer.Failure = ExceptionDispatchInfo.Capture(e);
            }
            lock (_gate)
            {
                buffer.Number = batch;
                Monitor.PulseAll(_gate);
            }
        }
    }

    int Claim()
    {
        lock (_gate)
        {
            while (!_isStopped && _next < _end && _next >= _reading + _ring.Length)
                Monitor.Wait(_gate);
            return _isStopped || _next >= _end ? -1 : _next++;
        }
    }

    void Wake()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    /// <summary>Stops the threads and waits for them: the ring is free for another epoch.</summary>
    public void Stop()
    {
        _registration.Dispose();
        lock (_gate)
        {
            _isStopped = true;
            Monitor.PulseAll(_gate);
        }
        foreach (Thread thread in _threads)
            thread.Join();
    }
}
