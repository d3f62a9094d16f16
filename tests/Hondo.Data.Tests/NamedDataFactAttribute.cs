namespace Hondo.Data.Tests;

/// <summary>A fact that needs a data set's files: point HONDO_DATA to the folder above them.</summary>
sealed class NamedDataFactAttribute : FactAttribute
{
    public NamedDataFactAttribute(string name)
    {
        if (Datasets.Find(name).Folder is null)
            Skip = $"{name} is not on this machine; HONDO_DATA says where it is";
    }
}
