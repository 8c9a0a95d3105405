namespace Appliance.Rendering.Documents;

/// <summary>Something that stays shut because of its secret.</summary>
/// <param name="Subject">"neighbor.ifog", "rpki.192.0.2.53".</param>
/// <param name="Secret">Name of the secret.</param>
/// <param name="Problem">What is wrong with the secret, without its value.</param>
public sealed record SecretGap(string Subject, string Secret, string? Problem)
{
    public const string Missing = "it is missing";
}
