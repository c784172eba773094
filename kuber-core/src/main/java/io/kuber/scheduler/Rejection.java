package io.kuber.scheduler;

import io.kuber.scheduler.plugin.Filter;
import io.kuber.scheduler.plugin.Veto;

/** The first filter that was against a node, and why. */
record Rejection(Filter by, Veto veto) {}
