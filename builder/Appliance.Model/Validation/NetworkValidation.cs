using Appliance.Model.Networks;
using Appliance.Model.Reports;

namespace Appliance.Model.Validation;

/// <summary>All checks of a network, topic by topic.</summary>
public static class NetworkValidation
{
    public static void Validate(Network network, Report report) { }
}
