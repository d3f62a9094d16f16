using System.Buffers.Binary;
using Hondo.Kernels;

namespace Hondo.Tests.Kernels;

/// <summary>Programs that compute with narrower registers than the processor has are told so.</summary>
public sealed class RegisterWidthTests
{
    [Fact]
    public void The_runtime_takes_what_there_is_and_needs_no_advice()
    {
        Assert.Contains(RegisterWidth.Used, (int[])[32, 128, 256, 512]);
        Assert.InRange(RegisterWidth.OfProcessor, RegisterWidth.Used, 512);
        Assert.Null(RegisterWidth.Advice);
    }

    [Theory]
    [InlineData(128, 512, "x86-64-v4")]
    [InlineData(256, 512, "x86-64-v4")]
    [InlineData(128, 256, "x86-64-v3")]
    public void A_program_compiled_ahead_of_time_for_less_is_told_the_cure(int used, int ofProcessor, string cure)
    {
        string advice = RegisterWidth.AdviceFor(used, ofProcessor, isCompiledAhead: true)!;
        Assert.Contains($"registers of {used} bits, but this processor has {ofProcessor}", advice,
            StringComparison.Ordinal);
        Assert.Contains($"-p:IlcInstructionSet={cure}", advice, StringComparison.Ordinal);
        Assert.Null(RegisterWidth.AdviceFor(ofProcessor, ofProcessor, isCompiledAhead: true));
        Assert.Null(RegisterWidth.AdviceFor(used, ofProcessor, isCompiledAhead: false));
    }

    [Fact]
    public void The_end_of_a_program_is_where_its_table_of_sections_ends()
    {
        var header = new byte[64];
        "\u007fELF\u0002"u8.CopyTo(header);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(40), 5_000_000_000);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(58), 64);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(60), 30);
        Assert.Equal(5_000_000_000 + 64 * 30, WiderProgram.EndOf(header));
        Assert.Equal(0, WiderProgram.EndOf(header.AsSpan(0, 63)));
        header[4] = 1;
        Assert.Equal(0, WiderProgram.EndOf(header));
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess && BitConverter.IsLittleEndian)
            using (FileStream own = File.OpenRead(Environment.ProcessPath!))
            {
                own.ReadExactly(header);
                Assert.InRange(WiderProgram.EndOf(header), 64, own.Length);
            }
    }
}
