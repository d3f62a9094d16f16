using System.ComponentModel;
using System.Diagnostics;

namespace Hondo.Tests.Serialization;

/// <summary>A fact that Python must agree with.</summary>
sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute()
    {
        if (!IsThere())
            Skip = "there is no python3 on this machine";
    }

    /// <summary>What a Python program prints.</summary>
    /// <param name="program">The program's text.</param>
    /// <param name="arguments">Its arguments.</param>
    public static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("python3", ["-I", "-c", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process python = Process.Start(start)!;
        Task<string> errors = python.StandardError.ReadToEndAsync();
        string output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        Assert.True(python.ExitCode == 0, errors.Result);
        return output.ReplaceLineEndings("\n");
    }

    static bool IsThere()
    {
        try
        {
            return Run("print(1)") == "1\n";
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
