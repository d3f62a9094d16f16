// %% [markdown]
// # Entropía y códigos
//
// ¿Cuánta información da una noticia? Tanta como sorprende: $-\log_2 p$ bits. Que salga el sol en el desierto no dice
// nada; que nieve, mucho. La **entropía** $H(p) = -\sum p \log_2 p$ es la sorpresa media, y también los bits por
// mensaje del mejor código posible (Shannon, 1948).
//
// La **entropía cruzada** $H(q, p) = -\sum q \log_2 p$ es lo que se paga cuando la verdad es $q$ y el código se hizo
// pensando en $p$. Nunca es menor que $H(q)$: por eso sirve de pérdida.

// %% [markdown]
// ## El ejemplo: el tiempo
//
// Cinco tiempos con probabilidades $p$; en otra ciudad, $q$.

// %%
double[] p = [0.25, 0.45, 0.2, 0.09, 0.01], q = [0.3, 0.2, 0.2, 0.25, 0.05];
Check("−log₂ p", [.. p.Select(Information.Bits.Surprise)], [2, 1.152, 2.322, 3.474, 6.644]);
Check("H(p)", Information.Bits.Entropy(p), 1.8619);
Check("H(q, p)", Information.Bits.CrossEntropy(q, p), 2.4955);

// %% [markdown]
// ## La figura
//
// La entropía de una moneda según lo trucada que esté: la más imprevisible es la justa, con un bit.

// %%
double[] heads = [.. Enumerable.Range(0, 101).Select(i => i / 100.0)];
new LineChart("entropía de una moneda",
    [new("H", heads, [.. heads.Select(share => Information.Bits.Entropy([share, 1 - share]))])])
{
    Across = "probabilidad de cara",
    AcrossScale = AxisScale.Linear,
    Up = "bits",
}

// %% [markdown]
// **Ejercicio 1.** ¿Cuántos bits de más se pagan en la otra ciudad por usar el código hecho para $p$? (Es la
// divergencia de Kullback–Leibler, $H(q, p) - H(q)$.)

// %% Ejercicio 1 tags=["exercise"]
double extra = 0;
// solución
extra = Information.Bits.CrossEntropy(q, p) - Information.Bits.Entropy(q);
// fin
Console.WriteLine($"{extra:F4} bits");

// %% tags=["check"]
Check("Σ q log₂(q/p)", extra, q.Zip(p, (b, a) => b * Math.Log2(b / a)).Sum());

// %% [markdown]
// **Ejercicio 2.** Un modelo de texto da la misma probabilidad a 64 letras. ¿Cuántos bits por letra? ¿Y nats?

// %% Ejercicio 2 tags=["exercise"]
double bits = 0, nats = 0;
// solución
double[] even = [.. Enumerable.Repeat(1 / 64.0, 64)];
(bits, nats) = (Information.Bits.Entropy(even), Information.Nats.Entropy(even));
// fin
Console.WriteLine($"{bits} bits, {nats:F4} nats");

// %% tags=["check"]
Check("bits", bits, 6);
Check("nats", nats, 6 * Math.Log(2));
