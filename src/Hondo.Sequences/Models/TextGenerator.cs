using System.Text;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Models;

/// <summary>
/// Writes text with a model of tokens, [batch, time] → scores [batch, time, tokens]. A model that remembers reads each
/// token once, so that the thousandth costs what the first did. One with attention keeps the keys and values of what it
/// read; when its context is full, it reads the second half of it again as the beginning of a new one, so that it
/// always looks at half a window or more. Any other model reads its last window again.
/// </summary>
/// <example><code>
/// Console.WriteLine(TextGenerator.Load("run/checkpoints/best.safetensors").Write(new() { Prompt = "ROMEO:" }));
/// </code></example>
public sealed class TextGenerator
{
    const string TokenizerText = "tokenizer";

    readonly Layer _model;
    readonly RecurrentState _memory;
    readonly KeyValueCaches _past;
    readonly Tape _tape = new();
    readonly int[] _window;
    int _filled;

    /// <summary>A writer with a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">What its tokens mean.</param>
    /// <param name="window">Tokens that a model without memory looks at, at most: those of its training.</param>
    /// <exception cref="InvalidOperationException">The model also looks at what follows.</exception>
    public TextGenerator(Layer model, ITokenizer tokenizer, int window)
    {
        (_model, Tokenizer) = (model, tokenizer);
        (_memory, _past) = (new RecurrentState(model, streams: 1), new KeyValueCaches(model, window));
        _window = new int[_past.IsUsed ? _past.Length : _memory.IsUsed ? 1 : window];
    }

    /// <summary>What the tokens mean.</summary>
    public ITokenizer Tokenizer { get; }

    /// <summary>The writer of a model file.</summary>
    /// <exception cref="DataFormatException">The file is missing or damaged, or its model was not trained on a text.
    /// </exception>
    public static TextGenerator Load(string path)
    {
        (Layer model, ModelCard card) = ModelFile.Load(path);
        return new(model, TokenizerOf(card) ?? throw new DataFormatException(path, "",
            "the model was not trained on a text", "Train one with './hondo train FILE.txt'."),
            card.InputShape is [var window] ? window : 1);
    }

    /// <summary>The tokenizer of a saved model, or null when it is no model of text.</summary>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static ITokenizer? TokenizerOf(ModelCard card) =>
        card.Extra.TryGetValue(TokenizerText, out string? text) ? Tokenizers.FromText(text) : null;

    /// <summary>What <see cref="ModelCard.Extra"/> has to hold for a text model.</summary>
    public static KeyValuePair<string, string> CardEntry(ITokenizer tokenizer) =>
        new(TokenizerText, tokenizer.ToText());

    /// <summary>Writes a text, without its prompt.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="DataFormatException">The prompt has characters that the model does not know.</exception>
    public string Write(GenerationOptions? options = null) => string.Concat(Stream(options));

    /// <summary>Writes a text piece by piece, each as soon as it is whole.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="DataFormatException">The prompt has characters that the model does not know.</exception>
    public IEnumerable<string> Stream(GenerationOptions? options = null)
    {
        options = (options ?? new()).Checked();
        int[] prompt = Tokenizer.Encode(options.Prompt, "the prompt");
        return Stream(options, prompt.Length > 0 ? prompt : [FirstToken()]);
    }

    IEnumerable<string> Stream(GenerationOptions options, int[] prompt)
    {
        var sampler = new TokenSampler(options, Tokenizer.Count);
        // A token may be a part of a character: the decoder waits for the rest.
        Decoder decoder = Encoding.UTF8.GetDecoder();
        var characters = new char[64];
        Forget();
        _filled = 0;
        for (int i = 0; i < prompt.Length - 1 && options.Length > 0; i++)
            Read(prompt[i], scores: []);
        var scores = new float[Tokenizer.Count];
        int token = prompt[^1];
        for (int i = 0; i < options.Length; i++)
        {
            Read(token, scores);
            token = sampler.Draw(i, scores);
            if (Tokenizer.Bytes(token).Length >= characters.Length)
                characters = new char[Tokenizer.Bytes(token).Length + 1];
            int count = decoder.GetChars(Tokenizer.Bytes(token), characters, flush: i == options.Length - 1);
            if (count > 0)
                yield return new string(characters, 0, count);
        }
    }

    // Without a prompt a text begins as a line does.
    int FirstToken()
    {
        for (int token = 0; token < Tokenizer.Count; token++)
            if (Tokenizer.Bytes(token).SequenceEqual("\n"u8))
                return token;
        return 0;
    }

    /// <summary>Reads one more token; the scores of what follows are wanted or empty.</summary>
    void Read(int token, Span<float> scores)
    {
        if (_filled == _window.Length)
            MakeRoom();
        _window[_filled++] = token;
        if (_past.IsUsed)
            Forward(_window.AsSpan(_filled - 1, 1), 0, scores);
        else if (_memory.IsUsed || !scores.IsEmpty)
            // What stands after the last token is not looked at by a model that only looks back.
            Forward(_window, _filled - 1, scores);
    }

    // The places of all tokens change, and with them what was kept: half a window at once makes it rare.
    void MakeRoom()
    {
        int kept = _past.IsUsed ? _window.Length / 2 : _window.Length - 1;
        _window.AsSpan(_window.Length - kept).CopyTo(_window);
        _filled = kept;
        if (!_past.IsUsed)
            return;
        Forget();
        for (int i = 0; i < kept; i++)
            Forward(_window.AsSpan(i, 1), 0, scores: []);
    }

    void Forget()
    {
        _memory.Clear();
        _past.Clear();
    }

    void Forward(ReadOnlySpan<int> tokens, int place, Span<float> scores)
    {
        using var reading = _memory.Begin();
        using var lookingBack = _past.Begin();
        using var step = _tape.Open(new(Mode.Inference, 1, 0));
        Tensor output = _model.Forward(Tensor.Of(tokens, [1, tokens.Length]));
        if (!scores.IsEmpty)
            output.Values<float>().Slice(place * scores.Length, scores.Length).CopyTo(scores);
    }
}
