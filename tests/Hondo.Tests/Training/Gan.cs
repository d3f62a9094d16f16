using Hondo.Layers;
using Hondo.Ops;
using Hondo.Optimizers;
using Hondo.Schedules;
using Hondo.Tensors;
using Hondo.Training;
using Linear = Hondo.Layers.Linear;
using Relu = Hondo.Layers.Relu;
using Tanh = Hondo.Layers.Tanh;

namespace Hondo.Tests.Training;

/// <summary>A generator and a discriminator, each with its optimizer and its loss.</summary>
sealed class Gan : Layer
{
    public Layer Generator { get; } = new Sequential(new Linear(4, 16), new Tanh(), new Linear(16, 20));

    public Layer Discriminator { get; } = new Sequential(new Linear(20, 16), new Relu(), new Linear(16, 1));

    protected override Tensor Run(Tensor x) => Discriminator.Forward(x);

    protected internal override void Parts(Parts parts) => parts.Add(Generator).Add(Discriminator);

    public static Trainer Trainer(params Callback[] callbacks)
    {
        var gan = new Gan();
        gan.Initialize(3);
        Optimizer generator = new Adam(gan.Generator.Parameters, 0.002, beta1: 0.5);
        Optimizer discriminator = new Momentum(gan.Discriminator.Parameters, 0.02);
        return new(gan, step =>
        {
            Tensor fake = gan.Generator.Forward(step.RandomNormal([step.Count, 4]));
            Tensor real = gan.Discriminator.Forward(step.Inputs), judged = gan.Discriminator.Forward(fake.Detach());
            step.Minimize((-real).Softplus().Mean() + judged.Softplus().Mean(), discriminator);
            Tensor fooled = (-gan.Discriminator.Forward(fake)).Softplus().Mean();
            step.Minimize(fooled, generator);
            step.Log("fooled", fooled);
            step.Log("real", real.Mean());
        }, generator, discriminator)
        {
            Epochs = 2,
            BatchSize = 45,
            Schedule = new ExponentialDecay(0.9),
            Callbacks = callbacks,
        };
    }
}
