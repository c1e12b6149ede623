package io.milepost.analytics.measure;

import io.milepost.analytics.measure.MeasureDescription.Counted;
import io.milepost.analytics.measure.MeasureDescription.Unit;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a record component that it is a measure, and what the catalogue tells beside the title and definition, which
 * stand in the component's {@code @Schema} and so reach the description of the HTTP interface too.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Measure {

    /** What one unit of the figure is. */
    Counted counts();

    Unit unit() default Unit.COUNT;

    /** How the activity basis chooses, where it is not by the time of what is counted. */
    String activity();

    /** By what the figure can be split, beside the versions and variants, by which all can. */
    String[] breakDowns() default {};

    /** The lists of what is behind the figure. */
    String[] lists() default {};
}
