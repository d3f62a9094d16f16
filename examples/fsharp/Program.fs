// Hondo from F#: dotnet run --project examples/fsharp
module Program

open System
open Hondo.Data
open Hondo.Layers
open Hondo.Losses
open Hondo.Ops
open Hondo.Optimizers
open Hondo.Training

// snippet: classifier
let digits = Datasets.Digits()
let model = Sequential(Flatten(), Linear(784, 64), Relu(), Linear(64, 10))
let trainer = Trainer(model, CrossEntropy(), Adam(model.Parameters, learningRate = 0.002), Epochs = 10)
trainer.Fit(digits) |> ignore
let accuracy = trainer.Evaluate(nonNull digits.Test)["accuracy"]
// end

// snippet: step
let autoencoder = Sequential(Flatten(), Linear(784, 32), Relu(), Linear(32, 784))
let step (batch: TrainingStep) =
    let output = autoencoder.Forward(batch.Inputs)
    batch.Minimize(TensorExtensions.SquaredError(output, TensorExtensions.Flatten(batch.Inputs)))
let adam = Adam(autoencoder.Parameters, learningRate = 0.002)
let own = Trainer(autoencoder, Action<TrainingStep>(step), adam, Epochs = 10)
let error = own.Fit(digits).[9].Train.Loss
// end

printfn $"accuracy {accuracy:F3} (wanted: 0.88), error of the autoencoder {error:F4} (wanted: at most 0.03)"
exit (if accuracy >= 0.88 && error <= 0.03 then 0 else 1)
