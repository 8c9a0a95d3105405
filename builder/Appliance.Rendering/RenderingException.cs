namespace Appliance.Rendering;

/// <summary>
/// A document or a template cannot be turned into configuration files. Nothing was rendered: a file that
/// says something else than the document is worse than none.
/// </summary>
public sealed class RenderingException : Exception
{
    public RenderingException()
        : this("unknown", "the site cannot be rendered") { }

    public RenderingException(string message)
        : this("unknown", message) { }

    public RenderingException(string message, Exception innerException)
        : base(message, innerException) => Where = "unknown";

    /// <param name="where">JSON path into the site document ("$.interfaces[0].ipv4") or the path of a file.</param>
    /// <param name="problem">What is wrong and what to do about it.</param>
    public RenderingException(string where, string problem)
        : base($"{where}: {problem}") => Where = where;

    /// <summary>JSON path into the site document, or the target path of a file.</summary>
    public string Where { get; }
}
