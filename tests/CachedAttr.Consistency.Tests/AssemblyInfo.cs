// Each test is four busy processes already.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
