using System.Numerics;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Tuning;

/// <summary>
/// The points of Sobol (1967) with the direction numbers of Joe and Kuo (2008), shifted by the study's seed: as
/// even as a grid at any number of trials. Beyond 21 parameters by chance.
/// </summary>
public sealed class SobolSampler : ISampler
{
    const int Bits = 32;

    // Degree, coefficients and first numbers of the polynomials of dimensions 2, 3, ….
    static readonly (int Degree, uint Coefficients, uint[] First)[] Polynomials =
    [
        (1, 0, [1]), (2, 1, [1, 3]), (3, 1, [1, 3, 1]), (3, 2, [1, 1, 1]), (4, 1, [1, 1, 3, 3]), (4, 4, [1, 3, 5, 13]),
        (5, 2, [1, 1, 5, 5, 17]), (5, 4, [1, 1, 5, 5, 5]), (5, 7, [1, 1, 7, 11, 19]), (5, 11, [1, 1, 5, 1, 1]),
        (5, 13, [1, 1, 1, 3, 11]), (5, 14, [1, 3, 5, 5, 31]), (6, 1, [1, 3, 3, 9, 7, 49]),
        (6, 13, [1, 1, 1, 15, 21, 21]), (6, 16, [1, 3, 1, 13, 27, 49]), (6, 19, [1, 1, 1, 15, 7, 5]),
        (6, 22, [1, 3, 1, 15, 13, 25]), (6, 25, [1, 1, 5, 5, 19, 61]), (7, 1, [1, 3, 7, 11, 23, 15, 103]),
        (7, 4, [1, 3, 7, 13, 13, 15, 69]),
    ];

    static readonly uint[][] Directions = [VanDerCorput(), .. Polynomials.Select(DirectionsOf)];

    /// <summary>How many parameters have points of their own.</summary>
    public static int Dimensions => Directions.Length;

    /// <inheritdoc/>
    public IProposal Begin(SamplerView view) => new Proposal(view);

    /// <summary>Coordinate <paramref name="dimension"/> of point <paramref name="number"/>, in [0, 1).</summary>
    /// <param name="number">The point, from 0.</param>
    /// <param name="dimension">The coordinate, from 0.</param>
    /// <param name="shift">Bits to turn over: the same for all points of a coordinate.</param>
    internal static double Coordinate(uint number, int dimension, uint shift)
    {
        uint bits = shift;
        for (uint gray = number ^ number >> 1; gray != 0; gray &= gray - 1)
            bits ^= Directions[dimension][BitOperations.TrailingZeroCount(gray)];
        return (bits + 0.5) / (1L << Bits);
    }

    static uint[] VanDerCorput() => [.. Enumerable.Range(0, Bits).Select(i => 1u << (Bits - 1 - i))];

    static uint[] DirectionsOf((int Degree, uint Coefficients, uint[] First) polynomial)
    {
        (int degree, uint coefficients, uint[] first) = polynomial;
        var v = new uint[Bits];
        for (int i = 0; i < Bits; i++)
        {
            if (i < degree)
            {
                v[i] = first[i] << (Bits - 1 - i);
                continue;
            }
            v[i] = v[i - degree] ^ v[i - degree] >> degree;
            for (int k = 1; k < degree; k++)
                if ((coefficients >> (degree - 1 - k) & 1) == 1)
                    v[i] ^= v[i - k];
        }
        return v;
    }

    sealed class Proposal(SamplerView view) : IProposal
    {
        int _dimension;

        public double Next(string name, ParameterRange range)
        {
            int dimension = _dimension++;
            return range.FromUnit(dimension >= Dimensions ? view.Random(name).Uniform(0)
                : Coordinate((uint)view.Number, dimension, new Philox(view.Seed, RandomStream.Of("sobol"))
                    .Bits(dimension)));
        }
    }
}
