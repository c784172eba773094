package io.kuber.server.fairness;

import io.kuber.fairness.Level;
import io.kuber.fairness.LevelQueues;
import io.kuber.fairness.SeatLimits;

/** A level at one moment. */
record LevelReading(Level level, SeatLimits limits, LevelQueues queues, Tally tally) {}
