namespace Appliance.Rendering.Files;

/// <summary>One configuration file: what stands in it, where it lies, and who may read it.</summary>
internal interface IConfigurationFile
{
    /// <summary>The site has such a file at all.</summary>
    bool IsWanted(Site site);

    /// <exception cref="RenderingException">A value cannot be written in the file's format.</exception>
    RenderedFile Render(Site site);
}
