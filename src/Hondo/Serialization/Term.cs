using Hondo.Tensors;

namespace Hondo.Serialization;

/// <summary>A part of a call text, e.g. the <c>784</c> or the whole of <c>Linear(784, 10)</c>.</summary>
public abstract class Term
{
    readonly string _source;

    private protected Term(string source, int position) => (_source, Position) = (source, position);

    /// <summary>Where the term starts in the text that it was read from, counted from 0.</summary>
    public int Position { get; }

    /// <summary>An error that points at this term.</summary>
    /// <param name="problem">What is wrong and how to mend it, in full sentences.</param>
    /// <param name="inner">The error behind it.</param>
    public CallTextException Error(string problem, Exception? inner = null) => new(problem, _source, Position, inner);

    /// <summary>A number; it prints as it was written.</summary>
    public sealed class Number : Term
    {
        readonly string _written;

        internal Number(string source, int position, string written, double value) : base(source, position) =>
            (_written, Value) = (written, value);

        /// <summary>The number, finite.</summary>
        public double Value { get; }

        /// <inheritdoc/>
        public override string ToString() => _written;
    }

    /// <summary>A text in double quotes, with <c>\"</c>, <c>\\</c> and <c>\n</c> inside.</summary>
    public sealed class Quote : Term
    {
        internal Quote(string source, int position, string value) : base(source, position) => Value = value;

        /// <summary>The text without quotes.</summary>
        public string Value { get; }

        /// <inheritdoc/>
        public override string ToString() => CallWriter.Quote(Value);
    }

    /// <summary>A bare name: <c>true</c>, <c>null</c>, <c>Macro</c>, or a call without its brackets.</summary>
    public sealed class Word : Term
    {
        internal Word(string source, int position, string name) : base(source, position) => Name = name;

        /// <summary>The name.</summary>
        public string Name { get; }

        /// <inheritdoc/>
        public override string ToString() => Name;
    }

    /// <summary>A list: <c>[3, 5]</c>.</summary>
    public sealed class List : Term
    {
        internal List(string source, int position, IReadOnlyList<Term> items) : base(source, position) => Items = items;

        /// <summary>What is in it.</summary>
        public IReadOnlyList<Term> Items { get; }

        /// <inheritdoc/>
        public override string ToString() => $"[{string.Join(", ", Items)}]";
    }

    /// <summary>Alternatives for the tuner: <c>{64|128}</c>.</summary>
    public sealed class Choice : Term
    {
        internal Choice(string source, int position, IReadOnlyList<Term> options) : base(source, position) =>
            Options = options;

        /// <summary>The alternatives, one or more.</summary>
        public IReadOnlyList<Term> Options { get; }

        /// <inheritdoc/>
        public override string ToString() => $"{{{string.Join("|", Options)}}}";
    }

    /// <summary>A call: <c>Linear(784, 10, bias: false)</c>.</summary>
    public sealed class Call : Term
    {
        internal Call(string source, int position, string name, IReadOnlyList<Argument> arguments)
            : base(source, position) => (Name, Arguments) = (name, arguments);

        /// <summary>What is called.</summary>
        public string Name { get; }

        /// <summary>The arguments in the order written, those with names last.</summary>
        public IReadOnlyList<Argument> Arguments { get; }

        /// <inheritdoc/>
        public override string ToString() => $"{Name}({string.Join(", ", Arguments)})";
    }
}
