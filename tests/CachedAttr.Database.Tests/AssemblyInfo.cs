// The tests wait more than they work: for times to pass, and for servers.
[assembly: CollectionBehavior(MaxParallelThreads = 6)]
