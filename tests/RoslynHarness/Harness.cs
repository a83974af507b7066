namespace RoslynHarness;
