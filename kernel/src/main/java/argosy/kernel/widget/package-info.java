/// Widgets: values that a reader changes in the browser, and bars that move.
///
/// In: calls from cells. Out: the messages of ipywidgets' protocol, through [argosy.kernel.comm],
/// which JupyterLab shows if its extension for widgets is installed (`pip install
/// jupyterlab_widgets`); elsewhere a widget is shown as text.
///
/// Safe from any thread. What a cell has registered with a widget runs on the thread that all comms
/// share, also while a cell runs.
@NullMarked
package argosy.kernel.widget;

import org.jspecify.annotations.NullMarked;
