package io.kuber.testkit.node;

import io.kuber.testkit.node.stage.PodState;
import io.kuber.testkit.node.stage.Stage.Outcome;

/** What becomes of a pod: it goes from one state to the next. */
record Move(PodState from, PodState to, Outcome outcome) {}
