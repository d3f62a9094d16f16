namespace Hondo.Localization;

/// <summary>Rules and remedies of the diagnosis in Spanish, by code.</summary>
static class SpanishRules
{
    const string Calmer = "Baja la tasa de aprendizaje, recorta los gradientes (before: [ClipNorm(1)]) o normaliza los "
        + "datos.";

    const string Bias = "El sesgo es alto cuando el error de entrenamiento supera en 5 puntos o más al error humano; "
        + "la varianza es alta cuando el error de desarrollo supera en 5 puntos o más al de entrenamiento, y en más de "
        + "lo que explica el azar.";

    const string AgainstBias = "Contra el sesgo: una red mayor (más capas o unidades), más entrenamiento, un "
        + "optimizador o una tasa de aprendizaje mejores, otra arquitectura.";

    const string AgainstVariance = "Contra la varianza: más datos o aumento de datos, regularización (L2, dropout, "
        + "parada temprana), otra arquitectura o una menor.";

    static readonly Dictionary<string, (string Rule, string Remedy)> Texts = new()
    {
        ["not-finite-value"] = ("La pérdida es NaN o infinita, y una operación hace el primer número así a partir de "
            + "números finitos.", Calmer),
        ["not-finite-weights"] = ("La pérdida es NaN o infinita porque un parámetro contiene NaN o infinito desde la "
            + "actualización anterior.", Calmer),
        ["not-finite-samples"] = ("La pérdida es NaN o infinita porque una muestra o un objetivo contiene NaN o "
            + "infinito.", "Corrige la fila o quítala; mira qué le hace el aumento de datos."),
        ["not-finite-gradient"] = ("La pérdida es finita, pero el gradiente de un parámetro es NaN o "
            + "infinito.", Calmer),
        ["parts-share-samples"] = ("Más de una muestra de desarrollo o de prueba está, idéntica, en la parte de "
            + "entrenamiento. (Compartir filas, o tener muchas más repetidas que los propios datos, es un error.)",
            "Divide una sola vez, antes que nada, y deja fuera las repetidas."),
        ["parts-differ"] = ("Desarrollo y prueba difieren más de lo que explica el azar y lo bastante para que "
            + "importe: las clases por χ² (p < 0.001, 3 puntos), las características por Kolmogórov-Smirnov (p < 0.001 "
            + "entre "
            + "todas, distancia 0.1).", "Mezcla las dos partes y vuelve a dividirlas, con estratos."),
        ["unbalanced-classes"] = ("Una clase tiene menos de la décima parte de las muestras de entrenamiento que le "
            + "corresponderían.", "Reúne más muestras de ella o dale más peso (CrossEntropy(weights: …)); juzga por "
            + "F1 o por la matriz de confusión, no por la exactitud."),
        ["empty-class"] = ("Una clase no tiene ninguna muestra de entrenamiento.",
            "Divide por clases (con estratos), dale muestras o prescinde de ella: así no se puede aprender."),
        ["constant-feature"] = ("Una columna de una tabla tiene un único valor en todas las muestras de entrenamiento.",
            "Quita la columna, o averigua por qué no se leyó bien: no puede enseñar nada."),
        ["unscaled-features"] = ("Las muestras no están normalizadas, y la desviación de una característica es más "
            + "de 100 veces la de otra, o los números pasan de 100.",
            "Resta la media y divide entre la desviación de la parte de entrenamiento (Normalization.Fit, "
            + "--normalize on)."),
        ["leaking-feature"] = ("Una sola columna predice el objetivo (cada muestra por su vecina en esa columna) en el "
            + "99.5 % de los casos o de la varianza, y ninguna otra llega al 97 %.",
            "¿Se conoce antes que el objetivo? Si no, quita la columna: el modelo no serviría de nada en la práctica."),
        ["unscaled-targets"] = ("El modelo no tiene una capa Rescale, y la media o la desviación de los objetivos pasa "
            + "de 100.", "Termina el modelo con Rescale(deviation, offset: mean), como hacen los modelos con nombre, o "
            + "escale los objetivos."),
        ["equal-units"] = ("Todas las unidades de una capa oculta empiezan con los mismos pesos (todos cero, una "
            + "constante o copias).", "Sortea los pesos: He para ReLU, Xavier para sigmoide y tanh. Las unidades "
            + "iguales reciben gradientes iguales y son para siempre una sola."),
        ["relu-at-output"] = ("El modelo acaba en ReLU, aunque las puntuaciones o los objetivos pueden ser menores que "
            + "0.", "Quita la última ReLU: no puede responder por debajo de 0, y donde responde 0 no se aprende nada."),
        ["bounded-output"] = ("El modelo acaba en Sigmoid o Tanh, y los objetivos van más allá de lo que alcanza.",
            "Quita la última activación si es una regresión, o escala los objetivos."),
        ["layers-collapse"] = ("Una capa Linear alimenta a otra sin activación entre ellas, y la primera no es un "
            + "cuello "
            + "de botella.", "Pon una activación entre ellas (Relu en las capas ocultas): dos capas lineales "
            + "calculan lo mismo que una."),
        ["batch-norm-of-few"] = ("Una BatchNorm tiene menos de 8 números por canal en un paso: muestras del lote por "
            + "lugares.", "Entrena con --batch 16 o más, o pon LayerNorm o GroupNorm, que no necesitan lote, en "
            + "lugar de BatchNorm: lo que BatchNorm mide al entrenar no es lo que usa después."),
        ["activations-grow"] = ("En el primer paso, los resultados de una capa son más de 1,000 veces los de la "
            + "primera.",
            "Sortea pesos iniciales menores: He (varianza 2/entradas) para ReLU, Xavier para sigmoide y tanh; o pon "
            + "capas de normalización entre medias."),
        ["activations-shrink"] = ("En el primer paso, los resultados de una capa son menos de 1/1,000 de los de la "
            + "primera.", "Sortea pesos iniciales mayores: He (varianza 2/entradas) para ReLU, Xavier para sigmoide y "
            + "tanh; o pon capas de normalización entre medias."),
        ["high-bias"] = (Bias, AgainstBias),
        ["high-variance"] = (Bias, AgainstVariance),
        ["high-bias-and-variance"] = (Bias, $"Primero el sesgo, después la varianza. {AgainstBias} {AgainstVariance}"),
        ["bias-and-variance-low"] = (Bias, "No hay nada que cambiar: mide una sola vez con la parte de prueba."),
    };

    /// <summary>Rule and remedy; null for an unknown code.</summary>
    public static (string Rule, string Remedy)? Of(string code) =>
        Texts.TryGetValue(code, out (string, string) texts) || SpanishLearningRules.Texts.TryGetValue(code, out texts)
            ? texts : null;
}
