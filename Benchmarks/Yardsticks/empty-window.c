/* The yardstick of start-up: the least that a libadwaita program can do before something stands on the screen.
 * Prints "painted <ms since process start>" after the first frame and leaves. */
#include <adwaita.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* Milliseconds since the kernel started this process: /proc/self/stat field 22, in clock ticks since boot. */
static double age_in_ms(void) {
    FILE *stat = fopen("/proc/self/stat", "r");
    unsigned long long started = 0;
    if (!stat) return -1;
    if (fscanf(stat, "%*d %*s %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu", &started) != 1) {
        fclose(stat);
        return -1;
    }
    fclose(stat);
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (now.tv_sec + now.tv_nsec / 1e9 - (double)started / sysconf(_SC_CLK_TCK)) * 1000;
}

static void painted(GdkFrameClock *clock, gpointer window) {
    printf("painted %.1f\n", age_in_ms());
    fflush(stdout);
    g_application_quit(g_application_get_default());
}

static void activate(GApplication *application, gpointer unused) {
    GtkWidget *window = adw_application_window_new(GTK_APPLICATION(application));
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
    gtk_box_append(GTK_BOX(box), adw_header_bar_new());
    gtk_box_append(GTK_BOX(box), gtk_label_new("Empty"));
    adw_application_window_set_content(ADW_APPLICATION_WINDOW(window), box);
    gtk_window_set_default_size(GTK_WINDOW(window), 1000, 700);
    gtk_window_present(GTK_WINDOW(window));
    GdkFrameClock *clock = gtk_widget_get_frame_clock(window);
    g_signal_connect(clock, "after-paint", G_CALLBACK(painted), window);
}

int main(int argc, char **argv) {
    AdwApplication *application = adw_application_new("im.shallot.Yardstick", G_APPLICATION_NON_UNIQUE);
    g_signal_connect(application, "activate", G_CALLBACK(activate), NULL);
    return g_application_run(G_APPLICATION(application), argc, argv);
}
