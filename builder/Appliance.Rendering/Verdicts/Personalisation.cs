namespace Appliance.Rendering.Verdicts;

/// <summary>What personalisation did.</summary>
public enum Personalisation
{
    /// <summary>Files were written at this boot.</summary>
    Done,

    /// <summary>An earlier boot had done it already.</summary>
    Kept,

    /// <summary>Nothing was changed; see <see cref="Verdict.Error"/>.</summary>
    Failed,
}
