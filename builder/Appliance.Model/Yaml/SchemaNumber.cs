using System.Globalization;
using Appliance.Model.Reports;

namespace Appliance.Model.Yaml;

/// <summary>The key "schema" that every file begins with.</summary>
internal static class SchemaNumber
{
    public static void Check(MappingReader map, int current)
    {
        if (
            map.Required("schema", $"begin the file with \"schema: {current}\"") is not { } entry
            || map.Reader.Scalar(entry.Value) is not { } scalar
            || scalar.Text == current.ToString(CultureInfo.InvariantCulture)
        )
        {
            return;
        }

        map.Reader.Report.Add(
            FindingCatalogue.UnknownSchema,
            scalar.At,
            $"schema {NodeReader.Show(scalar)} is not known; this program reads {current}"
        );
    }
}
