namespace Hondo.Localization;

/// <summary>Sentences in Spanish about data parts and numbers that are no longer numbers, by their English pattern.
/// </summary>
static class SpanishNumberPhrases
{
    public static readonly Dictionary<string, string> Patterns = new()
    {
        ["The logarithm of 0 is −∞ and of less NaN: give the loss raw scores (CrossEntropy, BinaryCrossEntropy), or "
            + "add a "
            + "small number first."] = "El logaritmo de 0 es −∞ y el de menos, NaN: da a la pérdida puntuaciones sin "
            + "transformar (CrossEntropy, BinaryCrossEntropy), o suma antes un número pequeño.",
        ["Something was divided by 0: add a small number to the divisor, as norms do."] =
            "Algo se dividió entre 0: suma un número pequeño al divisor, como hacen las capas de normalización.",
        ["e^x overflows at x > 88: subtract the largest number first (Softmax and LogSumExp do), or clip."] =
            "e^x se desborda con x > 88: resta antes el número mayor (así lo hacen Softmax y LogSumExp), o recorta.",
        ["The slope of √x at 0 is infinite: add a small number under the root."] =
            "La pendiente de √x en 0 es infinita: suma un número pequeño bajo la raíz.",
        ["The root of less than 0 is NaN, and 1/√0 is infinite: add a small number, or clip at 0."] =
            "La raíz de menos de 0 es NaN, y 1/√0 es infinito: suma un número pequeño, o recorte en 0.",
        ["A power of 0 or of less may have no value or no slope: add a small number to the base, or clip."] =
            "Una potencia de 0 o de menos puede no tener valor o pendiente: suma un número pequeño a la base, o "
                + "recorta.",
        ["The function has no value, or an infinite slope, there: clip first."] =
            "La función no tiene ahí valor, o su pendiente es infinita: recorta antes.",
        ["NaN"] = "NaN",
        ["{0} {1}"] = "{0} {1}",
        ["Lower the learning rate ({0} now), clip the gradients (before: [ClipNorm(1)]), or normalize the data."] =
            "Baja la tasa de aprendizaje ({0} ahora), recorta los gradientes (before: [ClipNorm(1)]) o normaliza los "
            + "datos.",
        ["the target {0}"] = "el objetivo {0}",
        ["the mean of a sample's numbers"] = "la media de los números de una muestra",
        ["the deviation of a sample's numbers"] = "la desviación de los números de una muestra",
        ["infinite"] = "infinita",
        ["infinity"] = "infinito",
        [" in row {0} of {1}"] = " en la fila {0} de {1}",
        [" for row {0} of {1}"] = " para la fila {0} de {1}",
        ["{0}"] = "{0}",
        ["layer {0}, {1}, op {2}"] = "la capa {0}, {1}, operación {2}",
        ["the loss is {0}"] = "la pérdida es {0}",
        ["{0}, because parameter {1} holds {2}: the update before this step made it so"] =
            "{0}, porque el parámetro {1} contiene {2}: así lo dejó la actualización anterior a este paso",
        ["{0}, because the samples hold {1}{2}"] = "{0}, porque las muestras contienen {1}{2}",
        ["{0}. It begins in {1}, which makes {2}{3} out of finite numbers"] =
            "{0}. Empieza en {1}, que hace {2}{3} a partir de números finitos",
        ["a gradient is NaN or infinite. It begins in the Backward of {0}{1}"] =
            "un gradiente es NaN o infinito. Empieza en el Backward de {0}{1}",
        ["Step {0} (epoch {1}, batch {2}): {3}."] = "Paso {0} (época {1}, lote {2}): {3}.",
        ["{0} and {1} differ in their classes: {2} % against {3} % are {4} (χ² {5} with {6} degrees of freedom, "
            + "p {7})."] = "{0} y {1} difieren en sus clases: {2} % frente a {3} % son de {4} (χ² {5} con {6} grados "
            + "de libertad, p {7}).",
        ["{0} and {1} differ in {2}: mean {3} against {4} (Kolmogorov–Smirnov D {5}, p {6})."] =
            "{0} y {1} difieren en {2}: media {3} frente a {4} (Kolmogórov-Smirnov D {5}, p {6}).",
        ["{0}: {1} of its {2} samples ({3} %) are in {4} too; the first is row {5}, equal to row {6} there. The test "
            + "tells less than it seems to."] = "{0}: {1} de sus {2} muestras ({3} %) están también en {4}; la primera "
            + "es la fila {5}, igual a la fila {6} de allí. La prueba dice menos de lo que parece.",
    };
}
