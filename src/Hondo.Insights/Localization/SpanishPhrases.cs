using System.Globalization;

namespace Hondo.Localization;

/// <summary>The sentences of the diagnosis in Spanish, by their English pattern.</summary>
static class SpanishPhrases
{
    /// <summary>All patterns, English to Spanish.</summary>
    public static IEnumerable<KeyValuePair<string, string>> All => [.. Patterns, .. SpanishNumberPhrases.Patterns];

    static readonly Dictionary<string, string> Patterns = new()
    {
        [""] = "",
        ["layer {0}, {1}"] = "la capa {0}, {1}",
        ["layer {0}"] = "la capa {0}",
        ["the model"] = "el modelo",
        ["{0} of the {1} units of {2}, were 0 for all {3} rows looked at."] =
            "{0} de las {1} unidades de {2}, dieron 0 en las {3} filas examinadas.",
        ["{0} of the results of {1}, are where {2} is flat."] =
            "El {0} de los resultados de {1}, cae donde {2} es plana.",
        ["The results of {0}, have size {1}, those of the first layer {2} (root of the mean square, step 1)."] =
            "Los resultados de {0}, tienen tamaño {1}; los de la primera capa, {2} (raíz de la media de los cuadrados, "
            + "paso 1).",
        ["{0} feeds {1} with no activation between."] = "Entre {0} y {1} no hay ninguna activación.",
        ["All {0} units of {1}, start with the same weights ({2})."] =
            "Las {0} unidades de {1}, empiezan todas con los mismos pesos ({2}).",
        ["An update moves the weights of {0}, by {1} of their size; the others move by {2}."] =
            "Una actualización mueve los pesos de {0}, {1} de su tamaño; los demás se mueven {2}.",
        ["The gradient of {0}, is {1} times that of the last layer ({2} and {3})."] =
            "El gradiente de {0}, es {1} veces el de la última capa ({2} y {3}).",
        ["Step {0}: the gradient's norm is {1} times that of the weights, most of it in {2}."] =
            "Paso {0}: la norma del gradiente es {1} veces la de los pesos, la mayor parte en {2}.",
        ["The output of the model is that of {0}, which is never below 0, but {1} needs scores of either sign."] =
            "La salida del modelo es la de {0}, que nunca es menor que 0, pero {1} necesita puntuaciones de ambos "
                + "signos.",
        ["The output of the model is that of {0}, which is never below 0, but targets go down to {1}."] =
            "La salida del modelo es la de {0}, que nunca es menor que 0, pero los objetivos bajan hasta {1}.",
        ["{0} answers between {1} and 1, but targets go from {2} to {3}."] =
            "La salida ({0}) responde entre {1} y 1, pero los objetivos van de {2} a {3}.",
        ["{0} has no sample of {1}."] = "{0} no tiene ninguna muestra de {1}.",
        ["{0} has no sample of {1} and {2} more classes."] =
            "{0} no tiene ninguna muestra de {1} ni de {2} clases más.",
        ["Only {0} of the {1} samples of {2} ({3}) are {4}; an equal share would be {5}. Always saying {6} would be "
            + "right in {7}."] = "Solo {0} de las {1} muestras de {2} ({3}) son de {4}; a partes iguales sería el {5}. "
            + "Decir siempre {6} acertaría en el {7}.",
        ["{0}: {1} and {2} more features never vary."] = "{0}: {1} y {2} características más no varían nunca.",
        ["{0}: {1} never varies."] = "{0}: {1} no varía nunca.",
        ["{0}: {1} never vary."] = "{0}: {1} no varían nunca.",
        ["{0} deviates by {1}, {2} by {3}: {4} times less. One learning rate cannot suit both."] =
            "La desviación de {0} es {1}; la de {2}, {3}: {4} veces menos. Una sola tasa de aprendizaje no puede "
                + "servir a las dos.",
        ["{0} has mean {1} and deviation {2}: networks start from numbers around 1."] =
            "{0} tiene media {1} y desviación {2}: las redes parten de números cercanos a 1.",
        ["{0}: {1} alone predicts the target ({2}); the next best, {3}, reaches {4}."] =
            "{0}: {1} por sí sola predice el objetivo ({2}); la siguiente, {3}, llega al {4}.",
        ["The target {0} has mean {1} and deviation {2}: a network answers with numbers around 1 at first."] =
            "El objetivo {0} tiene media {1} y desviación {2}: una red responde al principio con números cercanos a 1.",
        ["Step {0}: the loss is {1}; it began with {2}. The learning rate is {3}."] =
            "Paso {0}: la pérdida es {1}; empezó en {2}. La tasa de aprendizaje es {3}.",
        ["it began with {0}"] = "empezó en {0}",
        ["guessing has {0}"] = "adivinar tiene {0}",
        ["After {0} steps the loss is {1}, {2}, and an update moved the weights by {3} of their size; the learning "
            + "rate "
            + "is {4}."] = "Tras {0} pasos la pérdida es {1} ({2}) y una actualización movió los pesos un {3} de su "
            + "tamaño; la tasa de aprendizaje es {4}.",
        ["After {0} steps the loss is {1}, {2}; an update moves the weights by {3} of their size with a learning "
            + "rate of "
            + "{4}."] = "Tras {0} pasos la pérdida es {1} ({2}); una actualización mueve los pesos {3} de su tamaño "
            + "con una tasa de aprendizaje de {4}.",
        ["The model says {0} to all {1} rows looked at."] = "El modelo dice {0} en las {1} filas examinadas.",
        ["Epoch {0}: the dev loss is {1}; it was {2} after epoch {3}. Meanwhile the training loss fell from {4} to "
            + "{5}."] =
            "Época {0}: la pérdida de desarrollo es {1}; era {2} tras la época {3}. Mientras, la de entrenamiento "
                + "bajó de {4} a {5}.",
        ["The training loss was {0} after epoch {1} and is {2} now, of {3} at the start."] =
            "La pérdida de entrenamiento era {0} tras la época {1} y ahora es {2}; al principio, {3}.",
        ["After {0} steps the loss is {1}; it began with {2}."] = "Tras {0} pasos la pérdida es {1}; empezó en {2}.",
        ["After {0} steps the loss is {1}; guessing without a look at the inputs has {2}."] =
            "Tras {0} pasos la pérdida es {1}; adivinar sin mirar las entradas tiene {2}.",
        ["{0} of the training samples are wrong, but {1} of dev, where always saying the most frequent class has "
            + "{2}."] =
            "Falla el {0} de las muestras de entrenamiento, pero el {1} de las de desarrollo, donde decir siempre la "
            + "clase más frecuente falla el {2}.",
        ["Human error {0}, training error {1}, dev error {2}: {3}."] =
            "Error humano {0}, de entrenamiento {1}, de desarrollo {2}: {3}.",
        ["Bits per character: a person about {0}, training {1}, dev {2}, guessing by frequency {3}: {4}."] =
            "Bits por carácter: una persona unos {0}, entrenamiento {1}, desarrollo {2}, adivinar por frecuencia {3}: "
            + "{4}.",
        ["Bias is high when the bits per character of the training part are above a person's 1.3 by 5 "
            + "points or more of those of guessing by frequency; variance is high when dev is as much above "
            + "training."] =
            "El sesgo es alto cuando los bits por carácter de la parte de entrenamiento superan los "
            + "1.3 de una persona en 5 puntos o más de los de adivinar por frecuencia; la varianza es alta cuando los "
            + "de desarrollo superan tanto a los de entrenamiento.",
        ["Loss of the training part {0}, of dev {1}, of always answering the mean {2}: {3}."] =
            "Pérdida en entrenamiento {0}, en desarrollo {1}, de responder siempre la media {2}: {3}.",
        ["Bias is high when the training loss is 5 % or more of that of always answering the mean (above the human "
            + "error); variance is high when the dev loss is as much above the training loss."] =
            "El sesgo es alto cuando la pérdida de entrenamiento es el 5 % o más de la de responder siempre la media "
            + "(por encima del error humano); la varianza es alta cuando la de desarrollo supera tanto a la de "
            + "entrenamiento.",
        ["BatchNorm of {0}, sees one number for each channel at batch size {1}: it subtracts it from itself, and "
            + "nothing is left."] = "BatchNorm de {0}, ve un solo número por canal con tamaño de lote {1}: lo resta de "
            + "sí mismo, y no queda nada.",
        ["BatchNorm of {0}, sees {1} numbers for each channel at batch size {2}: too few to tell a mean and a "
            + "deviation."] = "BatchNorm de {0}, ve {1} números por canal con tamaño de lote {2}: muy pocos para una "
            + "media y una desviación.",
        ["both bias and variance are high"] = "son altos el sesgo y la varianza",
        ["bias is high"] = "el sesgo es alto",
        ["variance is high"] = "la varianza es alta",
        ["neither bias nor variance is high"] = "ni el sesgo ni la varianza son altos",
    };

    /// <summary>The phrase in Spanish, with the same numbers; null where there is no Spanish for its pattern.</summary>
    public static string? Of(Phrase phrase)
    {
        if (Of(phrase.Pattern) is not { } pattern)
            return null;
        object?[] parts = [.. phrase.Parts.Select(part => part is Phrase inner ? Of(inner) : part)];
        return parts.Contains(null) ? null : string.Format(CultureInfo.InvariantCulture, pattern, parts);
    }

    /// <summary>The Spanish pattern; null when there is none.</summary>
    public static string? Of(string english) =>
        Patterns.GetValueOrDefault(english) ?? SpanishNumberPhrases.Patterns.GetValueOrDefault(english);
}
