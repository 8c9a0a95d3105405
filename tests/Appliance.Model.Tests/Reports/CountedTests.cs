using Appliance.Model.Reports;

namespace Appliance.Model.Tests.Reports;

public class CountedTests
{
    [Theory]
    [InlineData(0, "0 errors")]
    [InlineData(1, "1 error")]
    [InlineData(2, "2 errors")]
    public void One_of_a_noun_is_in_the_singular(int count, string expected) =>
        Assert.Equal(expected, Counted.Of(count, "error"));

    [Fact]
    public void An_irregular_plural_is_given() =>
        Assert.Equal("2 processes", Counted.Of(2, "process", "processes"));
}
