using System.Globalization;

namespace Hondo.Charts;

/// <summary>The language that a figure is labelled in.</summary>
public enum FigureLanguage
{
    /// <summary>English.</summary>
    English,

    /// <summary>Spanish.</summary>
    Spanish,
}

/// <summary>The words of the figures in Spanish, by their English ones.</summary>
static class FigureWords
{
    /// <summary>All words, English to Spanish.</summary>
    public static IEnumerable<KeyValuePair<string, string>> All => Spanish;

    static readonly Dictionary<string, string> Spanish = new()
    {
        ["{0} and its derivative"] = "{0} y su derivada",
        ["derivative"] = "derivada",
        ["score x, beside two scores of 0"] = "puntuación x, junto a dos puntuaciones de 0",
        ["Activations through depth: {0}"] = "Activaciones a lo largo de la red: {0}",
        ["layer"] = "capa",
        ["standard deviation of the activations"] = "desviación típica de las activaciones",
        ["Learning rate: too low, right, too high"] = "Tasa de aprendizaje: baja, buena, alta",
        ["step"] = "paso",
        ["loss J"] = "pérdida J",
        ["rate {0}"] = "tasa {0}",
        ["rate {0}, diverges"] = "tasa {0}, diverge",
        ["Gradient descent: batch, mini-batch, one sample"] = "Descenso de gradiente: lote, mini-lote, una muestra",
        ["weight w"] = "peso w",
        ["bias b"] = "sesgo b",
        ["weight w₁"] = "peso w₁",
        ["weight w₂"] = "peso w₂",
        ["batch"] = "lote completo",
        ["mini-batch of {0}"] = "mini-lote de {0}",
        ["one sample (SGD)"] = "una muestra (SGD)",
        ["Why inputs are normalized"] = "Por qué se normalizan las entradas",
        ["raw features"] = "características sin normalizar",
        ["normalized features"] = "características normalizadas",
        ["gradient descent, {0} steps"] = "descenso de gradiente, {0} pasos",
        ["Optimizers in a ravine"] = "Optimizadores en un barranco",
        ["Exponential moving averages"] = "Medias móviles exponenciales",
        ["day"] = "día",
        ["temperature in °C"] = "temperatura en °C",
        ["measured θ"] = "medida θ",
        ["β = {0}, about {1} days"] = "β = {0}, unos {1} días",
        ["Underfitting, right, overfitting"] = "Subajuste, buen ajuste, sobreajuste",
        ["{0}: train {1}, dev {2}"] = "{0}: entren. {1}, desarrollo {2}",
        ["underfits"] = "subajuste",
        ["fits"] = "buen ajuste",
        ["overfits"] = "sobreajuste",
        ["class 0"] = "clase 0",
        ["class 1"] = "clase 1",
        ["The surface {0} and its gradient"] = "Superficie de {0} con su gradiente",
        ["surface"] = "superficie",
        ["gradient ({0}, {1}) at ({2}, {3})"] = "gradiente ({0}, {1}) en ({2}, {3})",
        ["What penalties do to weights"] = "Qué hacen las penalizaciones a los pesos",
        ["weights, largest first"] = "pesos, de mayor a menor",
        ["size |w|"] = "tamaño |w|",
        ["no penalty"] = "sin penalización",
        ["Dropout, rate {0}: other units rest in every step"] =
            "Dropout, tasa {0}: en cada paso descansan otras unidades",
        ["step {0}"] = "paso {0}",
        ["{0} of {1} units are off"] = "{0} de {1} unidades apagadas",
        ["ROC curve, area {0}"] = "Curva ROC, área {0}",
        ["false positive rate"] = "tasa de falsos positivos",
        ["true positive rate (recall)"] = "tasa de verdaderos positivos (exhaustividad)",
        ["classifier"] = "clasificador",
        ["guessing"] = "adivinar",
        ["Precision and recall, average precision {0}"] = "Precisión y exhaustividad, precisión media {0}",
        ["recall"] = "exhaustividad",
        ["precision"] = "precisión",
        ["always yes"] = "decir siempre sí",
        ["What the threshold decides"] = "Lo que decide el umbral",
        ["threshold"] = "umbral",
        ["share"] = "proporción",
        ["accuracy"] = "exactitud",
        ["Learning curve"] = "Curva de aprendizaje",
        ["training samples"] = "muestras de entrenamiento",
        ["Validation curve"] = "Curva de validación",
        ["L2 penalty λ"] = "penalización L2 λ",
        ["train"] = "entrenamiento",
        ["dev"] = "desarrollo",
        ["Computation graph of {0}: values above, gradients below"] =
            "Grafo de cómputo de {0}: valores arriba, gradientes abajo",
    };

    extension(FigureLanguage language)
    {
        /// <summary>The words in this language, with their numbers.</summary>
        public string Say(string english, params ReadOnlySpan<object> parts) => string.Format(
            CultureInfo.InvariantCulture, language == FigureLanguage.Spanish ? Spanish[english] : english, parts);
    }
}
