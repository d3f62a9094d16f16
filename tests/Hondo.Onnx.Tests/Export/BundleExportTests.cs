using Hondo.Layers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Tests.Export;

/// <summary>A layer whose inputs and outputs are bundles exports as any other.</summary>
public sealed class BundleExportTests
{
    [Fact]
    public void A_layer_of_several_inputs_and_outputs_agrees() =>
        ExportCheck.Compare(new Shop().Initialize(3), Shop.Inputs.Sample);

    /// <summary>A picture and a number go in, scores and a price come out.</summary>
    sealed class Shop : Layer
    {
        public static readonly Bundle Inputs = new(("picture", [6, 6, 2]), ("size", [1]));

        static readonly Bundle Outputs = new(("kind", [3]), ("price", [1]));

        readonly Conv2d _eye = new(2, 4, kernel: 3);
        readonly Linear _kind = new(64, 3), _price = new(65, 1);

        protected override Tensor Run(Tensor x)
        {
            Tensor seen = _eye.Forward(Inputs.Get(x, "picture")).Relu().Reshape([-1, 64]);
            return Outputs.Pack(_kind.Forward(seen), _price.Forward(Tensor.Concat(1, seen, Inputs.Get(x, "size"))));
        }

        protected override void Parts(Parts parts) => parts.Add(_eye).Add(_kind).Add(_price);
    }
}
