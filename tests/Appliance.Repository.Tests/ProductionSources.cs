using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Appliance.Repository.Tests;

/// <summary>The syntax of every C# file in builder/ and overlay/.</summary>
internal static class ProductionSources
{
    private static readonly Lazy<IReadOnlyList<SyntaxNode>> Parsed = new(() => [.. Files()]);

    /// <summary>A node per file.</summary>
    public static IReadOnlyList<SyntaxNode> Roots => Parsed.Value;

    /// <summary>The syntax of a text that is in no file.</summary>
    public static SyntaxNode Parse(string text) => CSharpSyntaxTree.ParseText(text).GetRoot();

    /// <summary>All nodes of a kind in all files.</summary>
    public static IEnumerable<T> Nodes<T>()
        where T : SyntaxNode => Roots.SelectMany(root => root.DescendantNodes().OfType<T>());

    /// <summary>"builder/X/Y.cs:12", for messages.</summary>
    public static string Place(SyntaxNode node)
    {
        var line = node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        var file = node.SyntaxTree.FilePath;
        return file.Length == 0
            ? $"line {line}"
            : $"{Path.GetRelativePath(RepositoryRoot.Path, file)}:{line}";
    }

    private static IEnumerable<SyntaxNode> Files() =>
        from folder in new[] { "builder", "overlay" }
        from file in Directory.EnumerateFiles(
            Path.Combine(RepositoryRoot.Path, folder),
            "*.cs",
            SearchOption.AllDirectories
        )
        let parts = Path.GetRelativePath(RepositoryRoot.Path, file)
            .Split(Path.DirectorySeparatorChar)
        where !parts.Contains("obj") && !parts.Contains("bin")
        select CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: file).GetRoot();
}
