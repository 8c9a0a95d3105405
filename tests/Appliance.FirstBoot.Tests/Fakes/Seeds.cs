using System.Text;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Tests.Fakes;

/// <summary>User data as an owner writes it, on a disk that begins with it.</summary>
internal static class Seeds
{
    public const string Key =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP7RoGvVyEPkwEjVNVVUsXIiAGxK+00gvVMPYfhSsmlV owner";

    /// <summary>Whole sectors, the text first.</summary>
    public static byte[] Disk(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var disk = new byte[(bytes.Length + 4096) / 512 * 512];
        bytes.CopyTo(disk, 0);
        return disk;
    }

    public static byte[] UserData(string appliance) =>
        Disk($"#cloud-config\nappliance:\n{appliance}");

    /// <summary>User data that carries a document.</summary>
    public static byte[] Carrying(SiteDocument document, string more = "") =>
        UserData(
            $"  site: {Encoding.UTF8.GetString(SiteDocumentJson.Write(document)).Replace("\n", "\n    ", StringComparison.Ordinal)}\n{more}"
        );
}
