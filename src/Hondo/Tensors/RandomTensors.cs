using Hondo.Kernels;

namespace Hondo.Tensors;

public static partial class TensorCreation
{
    extension(Tensor)
    {
        /// <summary>
        /// Numbers of the normal distribution N(mean, deviation²), as a pure function of seed and stream: the same two
        /// give the same numbers on every machine and in every run. For other numbers in each step pass the step as
        /// the stream; for several uses of one seed pass <c>RandomStream.Of("name")</c>.
        /// </summary>
        /// <param name="shape">The axes.</param>
        /// <param name="seed">The seed.</param>
        /// <param name="stream">Which of the seed's streams.</param>
        /// <param name="mean">μ.</param>
        /// <param name="deviation">σ, from 0.</param>
        /// <param name="type">Float32 or Float64.</param>
        public static Tensor RandomNormal(Shape shape, ulong seed, ulong stream = 0, double mean = 0,
            double deviation = 1, DType type = DType.Float32)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(deviation);
            RequireFloating(type, nameof(RandomNormal));
            return Filled(shape, type, new NormalDraw(new(seed, stream), mean, deviation));
        }

        /// <summary>Numbers evenly from [low, high), as a pure function of seed and stream.</summary>
        /// <param name="shape">The axes.</param>
        /// <param name="seed">The seed.</param>
        /// <param name="stream">Which of the seed's streams.</param>
        /// <param name="low">The lower end.</param>
        /// <param name="high">The upper end, at least the lower one.</param>
        /// <param name="type">Float32 or Float64.</param>
        public static Tensor RandomUniform(Shape shape, ulong seed, ulong stream = 0, double low = 0, double high = 1,
            DType type = DType.Float32)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(high, low);
            RequireFloating(type, nameof(RandomUniform));
            // Rounded to float32 the largest numbers would be the upper end itself.
            double last = type == DType.Float32 ? MathF.BitDecrement((float)high) : Math.BitDecrement(high);
            return Filled(shape, type, new UniformDraw(new(seed, stream), low, high, last));
        }

        /// <summary>1 with a probability, else 0, as a pure function of seed and stream.</summary>
        /// <param name="shape">The axes.</param>
        /// <param name="probability">P(1), from 0 to 1.</param>
        /// <param name="seed">The seed.</param>
        /// <param name="stream">Which of the seed's streams.</param>
        /// <param name="type">The type of the zeros and ones.</param>
        public static Tensor Bernoulli(Shape shape, double probability, ulong seed, ulong stream = 0,
            DType type = DType.Float32)
        {
            if (!(probability >= 0 && probability <= 1))
                throw new ArgumentOutOfRangeException(nameof(probability), probability,
                    "A probability lies between 0 and 1.");
            return Filled(shape, type, new BernoulliDraw(new(seed, stream), probability));
        }

        /// <summary>The numbers 0 to count − 1 in random order (Durstenfeld 1964), Int32      [count]</summary>
        /// <param name="count">How many.</param>
        /// <param name="seed">The seed.</param>
        /// <param name="stream">Which of the seed's streams.</param>
        /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
        public static Tensor Permutation(int count, ulong seed, ulong stream = 0)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            Tensor order = Tensor.Arange(0, count, type: DType.Int32);
            Span<int> numbers = order.Node.Value.As<int>();
            var random = new Philox(seed, stream);
            for (int i = count - 1; i > 0; i--)
            {
                (uint a, uint b, _, _) = random.Words((ulong)i);
                int j = (int)Math.BigMul(a | (ulong)b << 32, (ulong)(i + 1), out _);
                (numbers[i], numbers[j]) = (numbers[j], numbers[i]);
            }
            return order;
        }
    }

    static void RequireFloating(DType type, string name)
    {
        if (!type.IsFloating)
            throw new ArgumentException($"{name} gives fractions, which {type} cannot hold: take Float32.",
                nameof(type));
    }

    readonly struct NormalDraw(Philox random, double mean, double deviation) : INumberAt
    {
        public double At(int i) => mean + deviation * random.Normal(i);
    }

    readonly struct UniformDraw(Philox random, double low, double high, double last) : INumberAt
    {
        public double At(int i) => Math.Max(low, Math.Min(last, low + (high - low) * random.Uniform(i)));
    }

    readonly struct BernoulliDraw(Philox random, double probability) : INumberAt
    {
        public double At(int i) => random.Uniform(i) < probability ? 1 : 0;
    }
}
