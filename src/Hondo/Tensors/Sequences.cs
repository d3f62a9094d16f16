using Hondo.Kernels;

namespace Hondo.Tensors;

public static partial class TensorCreation
{
    extension(Tensor)
    {
        /// <summary>
        /// Numbers from a start in equal steps, up to but not including a stop:
        /// xᵢ = start + i · step, i = 0 … ⌈(stop − start) / step⌉ − 1      [count]
        /// </summary>
        /// <param name="start">The first number.</param>
        /// <param name="stop">Where the numbers end; it is not one of them.</param>
        /// <param name="step">From one to the next, not 0; below 0 they fall.</param>
        /// <param name="type">The type; Int32 for indices.</param>
        /// <exception cref="ArgumentException">A number is not finite, or the step is 0.</exception>
        public static Tensor Arange(double start, double stop, double step = 1, DType type = DType.Float32)
        {
            if (!double.IsFinite(start) || !double.IsFinite(stop) || !double.IsFinite(step) || step == 0)
                throw new ArgumentException($"Arange goes from {start} to {stop} by {step}: all three must be finite, "
                    + "and the step must not be 0.");
            double count = Math.Max(0, Math.Ceiling((stop - start) / step));
            return count <= Extent.Most
                ? Filled([(int)count], type, new Steps(start, step))
                : throw new ShapeException($"Arange from {start} to {stop} by {step} would have {count} numbers, but "
                    + $"at most {Extent.Most} are possible.");
        }

        /// <summary>
        /// Evenly spaced numbers, both ends included: xᵢ = start + i · (stop − start) / (count − 1)      [count]
        /// </summary>
        /// <param name="start">The first number.</param>
        /// <param name="stop">The last number.</param>
        /// <param name="count">How many; one is the start.</param>
        /// <param name="type">Float32 or Float64.</param>
        /// <exception cref="ArgumentException">The count is negative, or the type is Int32.</exception>
        public static Tensor Linspace(double start, double stop, int count, DType type = DType.Float32)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            if (!type.IsFloating)
                throw new ArgumentException("Linspace gives fractions, which Int32 cannot hold: take Float32, or "
                    + "Arange for whole numbers.", nameof(type));
            return Filled([count], type, new Spaced(start, stop, count));
        }

        /// <summary>The identity matrix: 1 on the diagonal, else 0      [rows, columns]</summary>
        /// <param name="rows">How many rows.</param>
        /// <param name="columns">How many columns; as many as rows when left out.</param>
        /// <param name="type">The type.</param>
        public static Tensor Eye(int rows, int? columns = null, DType type = DType.Float32)
        {
            Shape shape = [rows, columns ?? rows];
            return Filled(shape, type, new Unit(shape[1]));
        }
    }

    readonly struct Steps(double start, double step) : INumberAt
    {
        public double At(int i) => start + i * step;
    }

    // From the nearer end, so that the last number is exactly the stop; one number is the start.
    readonly struct Spaced(double start, double stop, int count) : INumberAt
    {
        readonly double _step = count > 1 ? (stop - start) / (count - 1) : 0;

        public double At(int i) => 2 * i < count ? start + i * _step : stop - (count - 1 - i) * _step;
    }

    readonly struct Unit(int columns) : INumberAt
    {
        public double At(int i) => i / columns == i % columns ? 1 : 0;
    }
}
