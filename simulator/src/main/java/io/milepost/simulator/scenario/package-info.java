/** What a run is to look like: the scenario file and the BPMN diagrams it names, read into immutable records. */
@NullMarked
package io.milepost.simulator.scenario;

import org.jspecify.annotations.NullMarked;
