namespace Appliance.Rendering.Views;

/// <summary>One expression of the list of AS numbers that may not stand in a path.</summary>
internal sealed record FrrAsnClassView(string Name, string Expression);
