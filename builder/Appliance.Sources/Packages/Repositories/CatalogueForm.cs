namespace Appliance.Sources.Packages.Repositories;

/// <summary>The two documents a repository has its packages in.</summary>
internal enum CatalogueForm
{
    /// <summary>One object with an array of manifests; what pkg reads first.</summary>
    Data,

    /// <summary>A manifest on every line; what repositories of an older pkg have.</summary>
    Lines,
}
