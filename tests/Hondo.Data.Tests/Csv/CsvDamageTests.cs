using System.Text;

namespace Hondo.Data.Tests.Csv;

public sealed class CsvDamageTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_damaged_table_is_read_or_refused_and_nothing_else()
    {
        byte[] whole = Encoding.UTF8.GetBytes(
            "size;color;fruit\r\n7,5;\"red; dark\";apple\r\n6;green;apple\r\n;;pear\r\n8,25;\"x\"\"y\";pear\r\n");
        var random = new Random(1);
        int read = 0, refused = 0;
        for (int trial = 0; trial < 600; trial++)
        {
            byte[] damaged = [.. whole[..random.Next(1, whole.Length + 1)]];
            for (int i = random.Next(4); i > 0; i--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                CsvTable table = CsvTable.Read(_scratch.Write("damaged.csv", damaged));
                CsvSchema.Fit(table).Encode(table, "damaged");
                read++;
            }
            catch (DataFormatException e)
            {
                Assert.StartsWith(_scratch["damaged.csv"], e.Message, StringComparison.Ordinal);
                refused++;
            }
        }
        Assert.True(read > 20 && refused > 20, $"{read} read, {refused} refused");
    }

    [Fact]
    public void A_gzipped_file_is_read_as_it_is()
    {
        using (var zip = new System.IO.Compression.GZipStream(File.Create(_scratch["rows.csv.gz"]),
            System.IO.Compression.CompressionMode.Compress))
            zip.Write("a,b\n1,x\n2,y\n"u8);
        CsvTable table = CsvTable.Read(_scratch["rows.csv.gz"]);
        Assert.Equal((2, "y"), (table.Count, table[1, 1]));
        Refused.With("unzipped", () => CsvTable.Read(_scratch.Write("bad.csv.gz", "a,b\n1,2\n")));
    }
}
