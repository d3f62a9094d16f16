namespace Hondo.Localization;

/// <summary>Those rules and remedies in Spanish that are about learning, by code.</summary>
static class SpanishLearningRules
{
    public static readonly Dictionary<string, (string Rule, string Remedy)> Texts = new()
    {
        ["saturation"] = ("Más de la mitad de los resultados de una sigmoide oculta (por debajo de 0.01 o por encima "
            + "de 0.99) o de una tanh (más allá de ±0.98) caen donde es plana: en los primeros pasos, o mientras se ha "
            + "aprendido poco.", "Normaliza las entradas, sortea pesos iniciales menores (Xavier), baja la tasa de "
            + "aprendizaje o usa ReLU en las capas ocultas: el gradiente de un extremo plano es casi 0."),
        ["dead-relus"] = ("Más de la mitad de las unidades de una capa ReLU valieron 0 en cada una de al menos 64 "
            + "filas "
            + "de los pasos examinados.", "Baja la tasa de aprendizaje, sortea los pesos iniciales según He, no "
            + "empieces con sesgos menores que 0, o usa LeakyRelu, PRelu o Elu: una unidad muerta no recibe gradiente "
            + "y muerta se queda."),
        ["vanishing-gradients"] = ("El gradiente de los pesos de una capa no llega a 1/10,000 del de la última capa, o "
            + "a 1/30 tras cuatro sigmoides ocultas o más (raíces de la media de los cuadrados).",
            "Usa ReLU en vez de sigmoide o tanh en las capas ocultas, "
            + "pesos iniciales según Xavier o He, normalización por lotes o por capas, conexiones residuales; en "
            + "secuencias, una LSTM o una GRU."),
        ["exploding-gradients"] = ("El gradiente de los pesos de una capa es más de 10,000 veces el de la última, o la "
            + "norma de todo el gradiente más de 100 veces la de los pesos (si la pérdida de adivinar pasa de 1: por "
            + "esa "
            + "pérdida).", "Recorta los gradientes (before: [ClipNorm(1)]), baja la tasa de aprendizaje, sortea pesos "
            + "iniciales menores, normaliza entradas y objetivos; en secuencias, acorta la ventana."),
        ["update-ratio"] = ("Las actualizaciones mueven los pesos de una capa menos de una millonésima de su tamaño, o "
            + "más de la mitad, y 100 veces menos o más que los demás pesos del modelo. (Lo habitual es una milésima.)",
            "Sortea los pesos iniciales de la capa según He o Xavier; da a todas las capas entradas de un mismo tamaño "
            + "(normalización)."),
        ["learning-rate-too-high"] = ("Tras una época de 20 pasos o más, la pérdida no es mejor que antes o que "
            + "adivinar, y una actualización movió los pesos más de una décima parte de su tamaño.",
            "Divide la tasa de aprendizaje entre 10; también ayudan un calentamiento o un decaimiento."),
        ["learning-rate-too-low"] = ("Tras tres cuartos de las épocas (o al final), la pérdida supera cuatro quintos "
            + "de la de adivinar, y las actualizaciones movieron los pesos menos de una diezmilésima parte de su "
            + "tamaño.",
            "Multiplica la tasa de aprendizaje por 10 (con una de 0 no se aprende nada: empieza con 0.001), "
            + "o entrena más tiempo."),
        ["divergence"] = ("La pérdida de un paso examinado, o la media de una época, es más de 10 veces la del primer "
            + "paso.", "Baja la tasa de aprendizaje (10 veces o más), recorta los gradientes, normaliza entradas y "
            + "objetivos."),
        ["one-answer"] = ("Desde la tercera época (o al final), el modelo dio la misma clase a cada una de al menos 64 "
            + "filas examinadas.", "Mira los hallazgos anteriores; equilibra las clases, baja la tasa de aprendizaje, "
            + "revisa las etiquetas y las entradas."),
        ["loss-does-not-fall"] = ("Tras 3 épocas y 50 pasos (o al final), la pérdida supera el 98 % de la de "
            + "adivinar, o "
            + "de su primer valor, y ningún otro hallazgo lo explica.", "Comprueba que las entradas corresponden a sus "
            + "etiquetas (¿están barajadas?), intenta aprender un lote de memoria, prueba tasas de aprendizaje 10 "
            + "veces mayores y menores, después una red mayor."),
        ["plateau"] = ("En el último tercio de las épocas (al menos 5) la pérdida de entrenamiento bajó menos del 1 %, "
            + "sigue por encima de la mitad de la de adivinar, o de su primer valor, y la tasa de aprendizaje no se "
            + "bajó.", "Baja la tasa de aprendizaje a medida que avanza el entrenamiento (un plan, o α = c₁ / (paso + "
            + "c₂)); prueba momento o Adam; si no cambia, una red mayor."),
        ["overfitting"] = ("La pérdida de desarrollo lleva 3 épocas por encima de su mejor valor y ya es la mitad "
            + "mayor (en una décima de la de adivinar o más), mientras la de entrenamiento ha bajado.",
            "Para antes (EarlyStopping devuelve los mejores pesos), aumenta o reúne datos, añade dropout o L2, o "
                + "haz la red más pequeña."),
        ["labels-unrelated"] = ("En la parte de entrenamiento se acierta al menos la mitad de lo que adivinar falla, "
            + "pero "
            + "en desarrollo no se mejora a adivinar.", "Comprueba que las etiquetas corresponden a sus muestras "
            + "(¿barajadas, o corridas una fila?) y que desarrollo se hizo como entrenamiento: la red aprende sus "
            + "muestras de memoria."),
    };
}
