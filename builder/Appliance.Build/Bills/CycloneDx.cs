using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Appliance.Sources.Packages.Manifests;

namespace Appliance.Build.Bills;

/// <summary>
/// Writes a bill of materials as CycloneDX 1.6 JSON (ECMA-424). The serial number follows from the content and there is no
/// time in it: the same image has the same bill.
/// </summary>
public static class CycloneDx
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        // Plus signs of versions and licences are no danger in a file.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The document, ending in a line feed.</summary>
    public static string Write(BillOfMaterials bill, string toolVersion)
    {
        using var content = new MemoryStream();
        using (var writer = new Utf8JsonWriter(content, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
            writer.WriteString("bomFormat", "CycloneDX");
            writer.WriteString("specVersion", "1.6");
            writer.WriteString("serialNumber", $"urn:uuid:{SerialNumber(bill)}");
            writer.WriteNumber("version", 1);
            WriteMetadata(writer, bill, toolVersion);
            writer.WriteStartArray("components");
            foreach (var component in bill.Components)
            {
                WriteComponent(writer, component);
            }

            writer.WriteEndArray();
            WriteDependencies(writer, bill);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(content.ToArray()) + "\n";
    }

    private static void WriteMetadata(
        Utf8JsonWriter writer,
        BillOfMaterials bill,
        string toolVersion
    )
    {
        writer.WriteStartObject("metadata");
        writer.WriteStartObject("tools");
        writer.WriteStartArray("components");
        writer.WriteStartObject();
        writer.WriteString("type", "application");
        writer.WriteString("name", "appliance");
        writer.WriteString("version", toolVersion);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteStartObject("component");
        writer.WriteString("type", "operating-system");
        writer.WriteString("bom-ref", Root(bill));
        writer.WriteString("name", bill.Site);
        writer.WriteString("group", bill.Network);
        writer.WriteString(
            "description",
            $"Disk image of FreeBSD {bill.Release} {bill.Architecture}"
        );
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteComponent(Utf8JsonWriter writer, BillComponent component)
    {
        writer.WriteStartObject();
        writer.WriteString("type", TypeOf(component.Kind));
        writer.WriteString("bom-ref", component.PackageUrl);
        writer.WriteString("name", component.Name);
        writer.WriteString("version", component.Version);
        WriteOptional(writer, "description", component.Description);
        if (component.Sha256 is { } sha256)
        {
            writer.WriteStartArray("hashes");
            writer.WriteStartObject();
            writer.WriteString("alg", "SHA-256");
            writer.WriteString("content", sha256);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        WriteLicenses(writer, component.Licenses);
        WriteOptional(writer, "cpe", component.Cpe);
        writer.WriteString("purl", component.PackageUrl);
        if (Uri.IsWellFormedUriString(component.HomePage, UriKind.Absolute))
        {
            writer.WriteStartArray("externalReferences");
            writer.WriteStartObject();
            writer.WriteString("type", "website");
            writer.WriteString("url", component.HomePage);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        WriteProperties(writer, component);
        writer.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter writer, BillComponent component)
    {
        writer.WriteStartArray("properties");
        foreach (
            var (name, value) in new[]
            {
                ("freebsd:origin", component.Origin),
                ("freebsd:source", component.Source),
                ("freebsd:official", component.IsOfficial is false ? "false" : null),
            }
        )
        {
            if (value is not null)
            {
                writer.WriteStartObject();
                writer.WriteString("name", name);
                writer.WriteString("value", value);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
    }

    /// <summary>An SPDX expression where all names are known to SPDX; the names themselves otherwise.</summary>
    private static void WriteLicenses(Utf8JsonWriter writer, ComponentLicenses licenses)
    {
        if (licenses.Names.Count == 0)
        {
            return;
        }

        var known = licenses.Names.Select(SpdxLicense.Of).OfType<string>().ToList();
        writer.WriteStartArray("licenses");
        if (known.Count == licenses.Names.Count && known.Count > 1)
        {
            writer.WriteStartObject();
            writer.WriteString(
                "expression",
                string.Join(licenses.Logic == LicenseLogic.Or ? " OR " : " AND ", known)
            );
            writer.WriteEndObject();
        }
        else
        {
            foreach (var name in licenses.Names)
            {
                writer.WriteStartObject();
                writer.WriteStartObject("license");
                writer.WriteString(
                    SpdxLicense.Of(name) is null ? "name" : "id",
                    SpdxLicense.Of(name) ?? name
                );
                writer.WriteEndObject();
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteDependencies(Utf8JsonWriter writer, BillOfMaterials bill)
    {
        var references = bill
            .Components.GroupBy(component => component.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().PackageUrl);
        writer.WriteStartArray("dependencies");
        WriteDependency(
            writer,
            Root(bill),
            bill.Components.Select(component => component.PackageUrl)
        );
        foreach (var component in bill.Components)
        {
            WriteDependency(
                writer,
                component.PackageUrl,
                component.Needs.Where(references.ContainsKey).Select(name => references[name])
            );
        }

        writer.WriteEndArray();
    }

    private static void WriteDependency(
        Utf8JsonWriter writer,
        string reference,
        IEnumerable<string> needs
    )
    {
        writer.WriteStartObject();
        writer.WriteString("ref", reference);
        writer.WriteStartArray("dependsOn");
        foreach (var needed in needs)
        {
            writer.WriteStringValue(needed);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            writer.WriteString(name, value);
        }
    }

    private static string TypeOf(ComponentKind kind) =>
        kind switch
        {
            ComponentKind.OperatingSystem or ComponentKind.Kernel => "operating-system",
            ComponentKind.Service => "application",
            ComponentKind.Set or ComponentKind.Package => "library",
        };

    private static string Root(BillOfMaterials bill) => $"image:{bill.Network}/{bill.Site}";

    /// <summary>A version 8 UUID (RFC 9562) of all names, versions and digests.</summary>
    private static Guid SerialNumber(BillOfMaterials bill)
    {
        var text = string.Join(
            '\n',
            bill.Components.Select(component => component.PackageUrl).Prepend(Root(bill))
        );
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
