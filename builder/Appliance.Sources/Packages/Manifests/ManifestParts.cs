using System.Text.Json;
using Appliance.Sources.Archives;

namespace Appliance.Sources.Packages.Manifests;

/// <summary>Reads dependencies, users, scripts and messages of a manifest.</summary>
internal static class ManifestParts
{
    private static readonly Dictionary<string, PackageScriptKind> ScriptKinds = new(
        StringComparer.Ordinal
    )
    {
        ["pre-install"] = PackageScriptKind.PreInstall,
        ["install"] = PackageScriptKind.Install,
        ["post-install"] = PackageScriptKind.PostInstall,
        ["pre-deinstall"] = PackageScriptKind.PreDeinstall,
        ["deinstall"] = PackageScriptKind.Deinstall,
        ["post-deinstall"] = PackageScriptKind.PostDeinstall,
    };

    /// <summary><c>"NAME": {"origin": …, "version": …}</c>, or an array of such objects under one name.</summary>
    public static IReadOnlyList<PackageDependency> Dependencies(ManifestNode? deps)
    {
        if (deps is not { } node)
        {
            return [];
        }

        var found = new List<PackageDependency>();
        foreach (var (name, value) in node.Pairs())
        {
            var parts = value.Kind == JsonValueKind.Array ? value.Elements() : [value];
            found.AddRange(parts.Select(part => Dependency(name, part)));
        }

        return found;
    }

    private static PackageDependency Dependency(string name, ManifestNode node)
    {
        var keys = node.Members();
        return new PackageDependency(
            PackageNames.CheckName(name),
            keys.RequiredText("origin"),
            keys.Text("version") is { Length: > 0 } version ? version : null
        );
    }

    /// <summary>Users or groups: names, or objects whose keys are names.</summary>
    public static IReadOnlyList<string> Names(ManifestNode? list) =>
        list is { } node
            ?
            [
                .. node.Elements()
                    .SelectMany(element =>
                        element.Kind == JsonValueKind.Object
                            ? element.Pairs().Select(pair => pair.Key)
                            : [element.Text()]
                    ),
            ]
            : [];

    public static IReadOnlyList<PackageScript> Scripts(ManifestNode? scripts)
    {
        if (scripts is not { } node)
        {
            return [];
        }

        var found = new List<PackageScript>();
        foreach (var (key, value) in node.Pairs())
        {
            var script = new PackageScript(Kind(key, value), PercentCode.Decode(value.Text()));
            if (found.Exists(earlier => earlier.Kind == script.Kind))
            {
                throw new ArchiveException($"{value.Place} is there twice");
            }

            found.Add(script);
        }

        return found;
    }

    /// <summary>Arrays by kind; unlike shell scripts they are written as they are.</summary>
    public static IReadOnlyList<PackageScript> LuaScripts(ManifestNode? scripts) =>
        scripts is { } node
            ?
            [
                .. node.Pairs()
                    .SelectMany(pair =>
                        pair.Node.Elements()
                            .Select(script => new PackageScript(
                                Kind(pair.Key, script),
                                script.Text()
                            ))
                    ),
            ]
            : [];

    /// <summary>One text, or an array of objects with <c>message</c>, <c>type</c> and bounds of versions.</summary>
    public static IReadOnlyList<PackageMessage> Messages(ManifestNode? messages) =>
        messages switch
        {
            null => [],
            { Kind: JsonValueKind.String } text =>
            [
                new PackageMessage(text.Text(), PackageMessageKind.Always, null, null),
            ],
            { } list => [.. list.Elements().Select(Message)],
        };

    private static PackageMessage Message(ManifestNode node)
    {
        var keys = node.Members();
        var kind = keys.Text("type")?.ToUpperInvariant() switch
        {
            "INSTALL" => PackageMessageKind.Install,
            "REMOVE" => PackageMessageKind.Remove,
            "UPGRADE" => PackageMessageKind.Upgrade,
            _ => PackageMessageKind.Always,
        };
        return new PackageMessage(
            keys.Text("message") ?? throw node.Wrong("a message, which has the key \"message\""),
            kind,
            keys.Text("minimum_version"),
            keys.Text("maximum_version")
        );
    }

    private static PackageScriptKind Kind(string key, ManifestNode node) =>
        ScriptKinds.TryGetValue(key, out var kind)
            ? kind
            : throw new ArchiveException($"{node.Place} is a script of a kind that is not known");
}
