namespace Hondo.Tests.Golden;

/// <summary>A theory over golden vectors, skipped where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class ParityTheoryAttribute : TheoryAttribute
{
    public ParityTheoryAttribute()
    {
        if (ParityFile.Folder is null)
            Skip = "the golden vectors are not on this machine; HONDO_PARITY says where they are";
    }
}
