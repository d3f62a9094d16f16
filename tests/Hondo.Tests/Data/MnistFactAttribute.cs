using Hondo.Data;

namespace Hondo.Tests.Data;

/// <summary>A fact that needs MNIST's files: point HONDO_DATA to the folder above them.</summary>
sealed class MnistFactAttribute : FactAttribute
{
    public MnistFactAttribute()
    {
        if (Datasets.Find("mnist").Folder is null)
            Skip = "MNIST is not on this machine; HONDO_DATA says where it is";
    }
}
