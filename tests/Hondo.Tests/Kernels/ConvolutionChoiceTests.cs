using Hondo.Kernels;
using Hondo.Tests.Docs;

namespace Hondo.Tests.Kernels;

/// <summary>Which way a convolution takes, and that the kernel map tells of all of them.</summary>
[Collection(nameof(WorkersTests))]
public sealed class ConvolutionChoiceTests
{
    static readonly ConvolutionAxis Three = new(16, 16, 3, 1, 1, 1), One = new(16, 16, 1, 1, 1, 0);

    [Fact]
    public void The_kernel_map_tells_of_every_kernel()
    {
        string map = Page.Read("src/Hondo/Kernels/README.md")!;
        Assert.All(Enum.GetNames<ConvolutionKernel>(),
            name => Assert.Contains($"| `{name}` |", map, StringComparison.Ordinal));
    }

    [Fact]
    public void The_shape_and_the_type_choose()
    {
        ConvolutionSizes wide = new(16, Three, Three, 32, 32, 1);
        Assert.Equal(ConvolutionKernel.Winograd, ConvolutionChoice.Forward<float>(wide));
        Assert.Equal(ConvolutionKernel.Winograd, ConvolutionChoice.Backward<float>(wide));
        Assert.Equal(ConvolutionKernel.Winograd, ConvolutionChoice.Weights<float>(wide));
        Assert.Equal(ConvolutionKernel.Cut, ConvolutionChoice.Forward<double>(wide));
        Assert.Equal(ConvolutionKernel.Outer, ConvolutionChoice.Weights<double>(wide));
        Assert.Equal(ConvolutionKernel.Direct, ConvolutionChoice.Forward<double>(wide with { Batch = 1 }));
        Assert.Equal(ConvolutionKernel.Product, ConvolutionChoice.Forward<float>(new(1, One, One, 8, 8, 1)));
        Assert.Equal(ConvolutionKernel.Depthwise, ConvolutionChoice.Forward<float>(new(1, Three, Three, 8, 8, 8)));
        Assert.Equal(ConvolutionKernel.Threes, ConvolutionChoice.Forward<float>(new(1, Three, Three, 3, 16, 1)));
        Assert.Equal(ConvolutionKernel.Tables, ConvolutionChoice.Weights<float>(new(1, Three, Three, 3, 16, 1)));
        ConvolutionAxis five = new(28, 28, 5, 1, 1, 2);
        Assert.Equal(ConvolutionKernel.Pairs, ConvolutionChoice.Forward<float>(new(9, five, five, 1, 6, 1)));
        ConvolutionAxis valid = new(14, 10, 5, 1, 1, 0);
        Assert.Equal(ConvolutionKernel.Scatter, ConvolutionChoice.Backward<float>(new(9, valid, valid, 6, 16, 1)));
    }
}
