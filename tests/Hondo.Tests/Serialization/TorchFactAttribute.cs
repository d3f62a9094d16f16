using System.ComponentModel;
using System.Diagnostics;

namespace Hondo.Tests.Serialization;

/// <summary>A fact that PyTorch must agree with, wherever a python3 with it is found.</summary>
sealed class TorchFactAttribute : FactAttribute
{
    // Debian's package belongs to the system's Python, which need not be the first on the path.
    static readonly string? Python = Array.Find(["python3", "/usr/bin/python3"], HasTorch);

    public TorchFactAttribute()
    {
        if (Python is null)
            Skip = "there is no python3 with PyTorch and NumPy on this machine (Debian: python3-torch)";
    }

    /// <summary>Runs a program; its errors fail the test.</summary>
    public static void Run(string program, params string[] arguments)
    {
        (int code, string errors) = Start(Python!, program, arguments);
        Assert.True(code == 0, errors);
    }

    static bool HasTorch(string python)
    {
        try
        {
            return Start(python, "import torch, numpy").Code == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    static (int Code, string Errors) Start(string python, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(python, ["-I", "-c", program, .. arguments])
        {
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }
}
