package argosy.engine.backend;

import argosy.engine.host.TaskOutput;
import argosy.engine.schedule.JobLimits;

/// How the tasks of one function are to run.
///
/// @param limits what the caller asked for
/// @param seed where the random numbers of the tasks come from
/// @param output where their output appears
public record BatchSpec(JobLimits limits, long seed, TaskOutput output) {}
